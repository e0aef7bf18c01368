"""Whether a request has arrived whole."""

from __future__ import annotations

import pytest

from cds_service.arrival import (
    CHUNK_LINE_LIMIT,
    CHUNKS_LIMIT,
    HEAD_LIMIT,
    Arrival,
)

LIMIT = 1000
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\n"
CHUNKED = POST + b"Transfer-Encoding: Chunked\r\n\r\n"
LEAVE = b"Expect: 100-Continue\r\n"


def sized(body: bytes, length: int | None = None) -> bytes:
    """Make a request that tells its length."""
    told = len(body) if length is None else length
    return POST + b"content-length: %d\r\n\r\n%b" % (told, body)


WHOLE = {
    "no body": GET,
    "line feeds alone": GET.replace(b"\r\n", b"\n"),
    "a body of no length": sized(b""),
    "a body": sized(b"abc"),
    "a body and more": sized(b"abc") + GET,
    "a body that is refused anyway": sized(b"", LIMIT + 1),
    "no chunk": CHUNKED + b"0\r\n\r\n",
    "chunks": CHUNKED + b"3\r\nabc\r\na;x=y\r\n0123456789\r\n0\r\n\r\n",
    "trailers": CHUNKED + b"3\r\nabc\r\n0\r\nX-Y: z\r\n\r\n",
    "the longest body": sized(b"a" * LIMIT),
}
FOR_THE_PARSER = {
    "two lengths": POST + b"Content-Length: 1\r\nContent-Length: 9\r\n\r\n",
    "a length that is none": POST + b"Content-Length: +9\r\n\r\n",
    "chunks and length": CHUNKED[:-2] + b"Content-Length: 9\r\n\r\n",
    "another coding": POST + b"Transfer-Encoding: gzip\r\n\r\n",
    "a head without end": POST + b"X: " + b"a" * HEAD_LIMIT,
    "a size that is none": CHUNKED + b"-1\r\n",
    "a size without end": CHUNKED + b"1" * CHUNK_LINE_LIMIT,
    "trailers without end": CHUNKED + b"0\r\nX: " + b"a" * HEAD_LIMIT,
    "one chunk too long": CHUNKED + b"fffffff\r\n" + b"a" * (LIMIT + HEAD_LIMIT),
    "too many chunks": CHUNKED + b"1\r\na\r\n" * (CHUNKS_LIMIT + 1),
}


@pytest.mark.parametrize("request_", WHOLE.values(), ids=WHOLE)
def test_a_whole_request_is_one_only_at_its_end(request_: bytes) -> None:
    """In one piece; and byte by byte, at the last."""
    assert Arrival(LIMIT, 0).add(request_)
    first = request_.removesuffix(GET) or GET
    arrival = Arrival(LIMIT, 0)
    assert [arrival.add(bytes([one])) for one in first].index(True) == len(first) - 1
    assert arrival.held == first


@pytest.mark.parametrize("sent", FOR_THE_PARSER.values(), ids=FOR_THE_PARSER)
def test_what_looks_odd_is_handed_on(sent: bytes) -> None:
    """The parser knows how to refuse it; to wait for more would be to no end."""
    assert Arrival(LIMIT, 0).add(sent)


@pytest.mark.parametrize("piece", [1, 2, 1000])
def test_one_whose_body_is_not_here_is_awaited(piece: int) -> None:
    """However it comes."""
    for whole in (sized(b"abc"), WHOLE["chunks"], WHOLE["trailers"]):
        arrival, sent = Arrival(LIMIT, 0), whole[:-1]
        pieces = [sent[at : at + piece] for at in range(0, len(sent), piece)]
        assert not any(arrival.add(one) for one in pieces)
        assert arrival.add(whole[-1:])


def test_the_wish_for_leave_is_taken_out() -> None:
    """It is granted once, by whoever reads; the body is counted as ever."""
    arrival = Arrival(LIMIT, 0)
    head, body = sized(b"abc").split(b"\r\n\r\n")

    assert not arrival.add(head + b"\r\n" + LEAVE + b"\r\n")
    assert arrival.asks_leave
    assert not arrival.add(body[:2])
    assert arrival.add(body[2:])
    assert arrival.held == sized(b"abc")


@pytest.mark.parametrize(
    "sent",
    [
        GET.replace(b"1.1", b"1.0").replace(b"\r\n\r\n", b"\r\n" + LEAVE + b"\r\n"),
        GET.replace(b"\r\n\r\n", b"\r\nExpect: a miracle\r\n\r\n"),
    ],
    ids=["HTTP/1.0", "another wish"],
)
def test_another_wish_is_the_parsers_affair(sent: bytes) -> None:
    """HTTP/1.0 knows no leave; what else may be expected, nobody knows."""
    arrival = Arrival(LIMIT, 0)

    assert arrival.add(sent)
    assert not arrival.asks_leave
    assert arrival.held == sent
