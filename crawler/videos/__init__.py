"""Videos by yt-dlp, which reaches the network through a proxy of ours and by no other way."""
