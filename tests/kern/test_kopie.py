"""The sealed file of a backup: whole and from our key, or a hard error."""

import io
import os
import stat

import pytest

from kern.kopie import KopieFout, gereedschap, stroom
from kern.kopie.manifest import Manifest, differences

KEY = os.urandom(32)
SMALL = 64


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(stroom, "CHUNK", SMALL)


def sealed(plain: bytes, key: bytes = KEY) -> bytes:
    return b"".join(stroom.encrypt([plain], key))


def opened(data: bytes, key: bytes = KEY) -> bytes:
    return b"".join(stroom.decrypt(io.BytesIO(data), key))


def chunks_of(data: bytes) -> list[bytes]:
    body, step = data[stroom.HEADER :], SMALL + stroom.TAG
    return [body[i : i + step] for i in range(0, len(body), step)]


@pytest.mark.parametrize("size", [0, 1, SMALL - 1, SMALL, SMALL + 1, 3 * SMALL, 1000])
def test_round_trip(size):
    plain = os.urandom(size)
    assert opened(sealed(plain)) == plain


def test_the_blocks_that_come_in_make_no_difference():
    plain = os.urandom(500)
    ones = (plain[i : i + 1] for i in range(len(plain)))
    assert opened(b"".join(stroom.encrypt(ones, KEY))) == plain


def test_the_same_content_is_sealed_differently_each_time():
    first, second = sealed(b"a" * 200), sealed(b"a" * 200)
    assert not set(chunks_of(first)) & set(chunks_of(second))
    assert b"aaaa" not in first


def test_every_flipped_byte_is_an_error():
    data = sealed(os.urandom(3 * SMALL + 7))
    for position in range(len(data)):
        broken = bytearray(data)
        broken[position] ^= 1
        with pytest.raises(KopieFout):
            opened(bytes(broken))


def test_every_shorter_file_is_an_error():
    data = sealed(os.urandom(3 * SMALL + 7))
    for size in range(len(data)):
        with pytest.raises(KopieFout):
            opened(data[:size])


@pytest.mark.parametrize("plain_size", [2 * SMALL, 2 * SMALL + 5])
def test_a_tail_cut_at_the_edge_of_a_chunk_is_an_error(plain_size):
    data = sealed(os.urandom(plain_size))
    last = chunks_of(data)[-1]
    with pytest.raises(KopieFout, match="beschadigd of afgebroken"):
        opened(data[: -len(last)])


def test_something_behind_the_end_is_an_error():
    for extra in (b"x", sealed(b"meer")):
        with pytest.raises(KopieFout):
            opened(sealed(os.urandom(100)) + extra)


def test_swapped_doubled_and_missing_chunks_are_an_error():
    data = sealed(os.urandom(4 * SMALL))
    header, (first, second, third, last) = data[: stroom.HEADER], chunks_of(data)
    for order in (
        [second, first, third, last],
        [first, first, second, third, last],
        [first, third, last],
        [last],
    ):
        with pytest.raises(KopieFout):
            opened(header + b"".join(order))


def test_a_chunk_of_another_copy_is_an_error():
    data, other = sealed(os.urandom(2 * SMALL)), sealed(os.urandom(2 * SMALL))
    mixed = data[: stroom.HEADER] + chunks_of(other)[0] + chunks_of(data)[1]
    with pytest.raises(KopieFout, match="blok 1"):
        opened(mixed)


def test_a_header_of_another_copy_is_an_error():
    data, other = sealed(os.urandom(100)), sealed(os.urandom(100))
    with pytest.raises(KopieFout):
        opened(other[: stroom.HEADER] + data[stroom.HEADER :])


def test_another_key_is_named_as_such():
    with pytest.raises(KopieFout, match="andere sleutel"):
        opened(sealed(b"zeer geheim"), os.urandom(32))


def test_another_kind_of_file_is_named_as_such():
    for data in (b"", b"PGDMP" * 100):
        with pytest.raises(KopieFout, match="geen reservekopie"):
            opened(data)


def test_a_source_that_fails_leaves_a_stream_without_an_end():
    def blocks():
        yield os.urandom(3 * SMALL)
        raise KopieFout("pg_dump mislukte")

    out = io.BytesIO()
    with pytest.raises(KopieFout, match="pg_dump"):
        out.writelines(stroom.encrypt(blocks(), KEY))
    with pytest.raises(KopieFout, match="beschadigd of afgebroken"):
        opened(out.getvalue())


@pytest.mark.parametrize("size", [0, 1, 300])
def test_manifest_and_dump_come_out_as_they_went_in(size):
    dump = os.urandom(size)
    for manifest in (b"{}", b"m" * 200):
        plain = stroom.pack(manifest, [dump])
        raw, rest = stroom.unpack(stroom.decrypt(io.BytesIO(sealed(b"".join(plain))), KEY))
        assert (raw, b"".join(rest)) == (manifest, dump)


def test_a_copy_without_a_manifest_is_an_error():
    for plain in (b"", b"kort", (2**63).to_bytes(8, "big")):
        with pytest.raises(KopieFout, match="manifest"):
            stroom.unpack(iter([plain]))


@pytest.mark.parametrize("content", [None, "", "zz" * 32, "ab" * 31])
def test_a_missing_or_odd_key_stops(tmp_path, content):
    path = tmp_path / "kopie"
    if content is not None:
        path.write_text(content)
    with pytest.raises(KopieFout, match="sleutel"):
        stroom.read_key(path)


def test_manifest_survives_its_own_form_and_refuses_another():
    manifest = Manifest(gemaakt_op="nu", versie="1", postgres="18", stand={"rijen": {"a": 2}})
    assert Manifest.from_bytes(manifest.to_bytes()) == manifest
    for raw in (b"", b"[]", b"{}", manifest.to_bytes().replace(b'"formaat": 1', b'"formaat": 2')):
        with pytest.raises(KopieFout):
            Manifest.from_bytes(raw)


def test_differences_name_the_thing_and_never_show_a_checksum():
    assert differences({"a": 1, "b": 2}, {"a": 1, "b": 2}) == []
    assert differences({"a": 1, "b": 2, "c": 3}, {"b": 1, "c": 3, "d": 4}) == [
        "a ontbreekt",
        "b heeft 1 in plaats van 2",
        "d is er te veel",
    ]
    assert differences({"a": "123"}, {"a": "456"}) == ["a is anders"]
    assert differences({"a": ["x", "y"]}, {"a": ["x", "z"]}) == ["a mist y en heeft te veel z"]


def test_the_file_is_private_whole_and_never_replaces_another(tmp_path):
    path = tmp_path / "kopieen" / "een.kopie"
    assert gereedschap.write_atomically(path, [b"abc", b"def"]) == 6
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        gereedschap.write_atomically(path, [b"anders"])
    assert path.read_bytes() == b"abcdef"
    assert list(path.parent.iterdir()) == [path]


def test_a_copy_that_fails_halfway_leaves_no_file(tmp_path, settings):
    fake = tmp_path / "bin" / "pg_dump"
    fake.parent.mkdir()
    fake.write_text('#!/bin/sh\necho half\necho "pg_dump: error: kapot" >&2\nexit 1\n')
    fake.chmod(0o755)
    settings.PG_BIN = str(fake.parent)
    target = tmp_path / "uit"
    with pytest.raises(KopieFout, match="pg_dump: error: kapot"):
        gereedschap.write_atomically(
            target / "een.kopie", gereedschap.dump("postgres://x@localhost/x", snapshot="1")
        )
    assert list(target.iterdir()) == []


def test_a_password_is_not_on_the_command_line(tmp_path, settings):
    fake = tmp_path / "pg_dump"
    fake.write_text('#!/bin/sh\necho "$@ / $PGUSER $PGPASSWORD $PGHOST $PGDATABASE"\n')
    fake.chmod(0o755)
    settings.PG_BIN = str(tmp_path)
    url = "postgres://spoed_kopie:geheim@db.example/spoed"
    said = b"".join(gereedschap.dump(url, snapshot="1")).decode()
    arguments, _, environment = said.strip().partition(" / ")
    assert environment == "spoed_kopie geheim db.example spoed"
    assert "geheim" not in arguments


def test_a_missing_program_is_named(settings, tmp_path):
    settings.PG_BIN = str(tmp_path)
    with pytest.raises(KopieFout, match="pg_dump staat niet in"):
        gereedschap.program("pg_dump")
