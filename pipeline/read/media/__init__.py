"""What posts of platforms show, a module a platform; what fetched pictures are. Pure."""
