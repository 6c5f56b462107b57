"""How many independent voices stand behind a citing sentence, and which of them speak of us."""
