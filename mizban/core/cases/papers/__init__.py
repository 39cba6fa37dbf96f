"""The files of a case and the tables it keeps as files."""
