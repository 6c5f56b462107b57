"""What is kept, and how it is shown."""

__version__ = "0.1.0"
