"""Finding sentences, notes, reports and cited pages by their words."""
