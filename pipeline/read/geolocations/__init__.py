"""Files of geolocations that others publish: GeoJSON in several layouts."""
