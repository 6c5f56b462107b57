"""An audited document: each address that it refers to, judged, with its copies."""
