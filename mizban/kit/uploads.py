"""Uploads measured as they arrive: what is too large is counted and thrown away, the rest of the form is kept."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from mizban.core.cases.papers.files import LARGEST


class MeasuredFile(SimpleUploadedFile):
    """An upload with the size it was sent with; one that is too large has no content left."""


class MeasuredUpload(FileUploadHandler):
    """Keeps up to the largest accepted size in memory and drops the content of anything larger."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._chunks: list[bytes] = []
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002  # Django's signature
        self._size += len(raw_data)
        if self._size <= LARGEST:
            self._chunks.append(raw_data)
        else:
            self._chunks.clear()

    def file_complete(self, file_size: int) -> MeasuredFile:
        content = b"".join(self._chunks) if file_size <= LARGEST else b""
        file = MeasuredFile(self.file_name or "", content, self.content_type or "")
        file.size = file_size
        self._chunks.clear()
        return file
