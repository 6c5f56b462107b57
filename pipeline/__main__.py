"""`python -m pipeline`: the command line, for the daemon and for folders where the script is not
installed."""

from pipeline.cli.entry import main

if __name__ == "__main__":
    main()
