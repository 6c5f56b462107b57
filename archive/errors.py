"""The errors of the whole project: one base, so that the command line can catch what is known."""


class ArchiveError(Exception):
    """Something known went wrong. The message says what, on which URL or file, and what to do
    next."""


class BadInputError(ArchiveError):
    """A file or argument from outside that cannot be used."""


class BadUrlError(BadInputError):
    """A string that is no http(s) URL."""


class DataFolderError(ArchiveError):
    """The data folder is not ours, is of a newer version, or cannot be written."""


class NoArchiveError(DataFolderError, BadInputError):
    """The folder that was named holds no archive."""


class NoDiskError(DataFolderError):
    """Where a disk belongs none is mounted, and nothing of ours lies below."""


class LockedError(ArchiveError):
    """Another run holds the archive."""


class WarcError(ArchiveError):
    """A WARC that cannot be read or written."""


class WarcWriteError(WarcError):
    """The disk does not take a record."""


class TornRecordError(WarcError):
    """A WARC ends in the middle of a record.

    Attributes:
        offset: Byte offset of the last record that is not whole.
    """

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class MachineError(ArchiveError):
    """The machine had not what reading a page takes (room, files, rights): it says nothing of the
    page."""


class ParseError(ArchiveError):
    """A page that should be a report cannot be read as one."""


class LedgerError(ArchiveError):
    """A ledger, checkpoint or key that is not as it was written."""
