"""Uploads stay in memory: a file with health data never lies readable on a disk."""

import io

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class GeheugenHandler(FileUploadHandler):
    """Keep at most this much of a file; of a longer one the beginning and its true size.

    Django's own handler for memory hands a long file on to one that writes to disk, or drops it
    without a word. The form that asked for the file refuses it by `size`.
    """

    MAX_BYTES = 15 * 1024 * 1024

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file = io.BytesIO()

    def receive_data_chunk(self, raw_data, start):
        room = self.MAX_BYTES - self.file.tell()
        self.file.write(raw_data[: max(room, 0)])

    def file_complete(self, file_size):
        self.file.seek(0)
        return InMemoryUploadedFile(
            file=self.file,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
