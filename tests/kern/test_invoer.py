"""A body that ends too early is refused whole, however it is read."""

import io

import pytest
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIRequest

from kern.invoer import HeleInvoer, refuse_half

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=grens"
MULTIPART = (
    b'--grens\r\nContent-Disposition: form-data; name="naam"\r\n\r\nJanna\r\n'
    b'--grens\r\nContent-Disposition: form-data; name="bsn"\r\n\r\n111222333\r\n--grens--\r\n'
)


def post(body: bytes, content_type: str, *, arrived: int) -> dict[str, str]:
    """Return what Django makes of a body of which so many bytes arrived."""
    found = {}

    def application(environ, start_response):
        found.update(WSGIRequest(environ).POST.items())
        return []

    refuse_half(application)(
        {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": content_type,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body[:arrived]),
        },
        None,
    )
    return found


@pytest.mark.parametrize(
    ("body", "content_type"), [(b"naam=Janna&bsn=111222333", FORM), (MULTIPART, PARTS)]
)
def test_whole_or_nothing(body, content_type):
    assert post(body, content_type, arrived=len(body)) == {"naam": "Janna", "bsn": "111222333"}
    for arrived in range(len(body)):
        with pytest.raises(BadRequest):
            post(body, content_type, arrived=arrived)


def test_lines():
    lines = HeleInvoer(io.BytesIO(b"een\ntwee\ndrie"), 20)
    assert (lines.readline(), lines.readline(2), lines.readline()) == (b"een\n", b"tw", b"ee\n")
    with pytest.raises(BadRequest):
        lines.readline()


def test_without_a_length_there_is_no_body():
    environ = {"REQUEST_METHOD": "GET", "wsgi.input": io.BytesIO(b"x")}
    refuse_half(lambda environ, start_response: [])(environ, None)
    assert environ["wsgi.input"].read() == b"x"
