"""The bytes of one HTTP request as they come in: whether it has arrived whole.

This decides only when a request is worth a thread. What it says, and whether it is
sound, is judged by gunicorn's parser: whatever looks odd here is handed on to it at
once, to be refused.
"""

from __future__ import annotations

import re

# As long as gunicorn may want to see a head before it refuses it for its length: a
# hundred fields of 8190 bytes, and the line before them.
HEAD_LIMIT = 101 * 8192
# A client that sends its body in crumbs is not worth the counting: it is refused.
CHUNKS_LIMIT = 50_000
CHUNK_LINE_LIMIT = 4096

_ANY_CASE = re.IGNORECASE | re.MULTILINE
_HEAD_END = re.compile(rb"\n\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", _ANY_CASE)
_FRAMING = re.compile(rb"^(?:content-length|transfer-encoding)\b", _ANY_CASE)
_CHUNKED = re.compile(rb"^transfer-encoding:[ \t]*chunked[ \t]*\r?$", _ANY_CASE)
_NEW_HTTP = re.compile(rb"[^\n]* HTTP/1\.1\r?\n")
_ASKS_LEAVE = re.compile(rb"^expect:[ \t]*100-continue[ \t]*\r?\n", _ANY_CASE)
_CHUNK_SIZE = re.compile(rb"([0-9a-f]{1,15})[ \t]*(?:;[^\r\n]*)?", re.IGNORECASE)


class Arrival:
    """One request that is coming in.

    Args:
        limit: longest body that will be read, bytes.
        deadline: when it has to be here, by the monotonic clock.

    Attributes:
        held: what has come, but for the wish for leave to send the body.
        asks_leave: the client wished for it (RFC 9110, section 10.1.1), and waits.
    """

    __slots__ = (
        "_at",
        "_chunks",
        "_length",
        "_limit",
        "_searched",
        "asks_leave",
        "deadline",
        "held",
    )

    def __init__(self, limit: int, deadline: float) -> None:
        self.held = bytearray()
        self.deadline = deadline
        self.asks_leave = False
        self._limit = limit
        self._searched = 0
        # Where the body, or the next chunk, begins; 0 until the head is here.
        self._at = 0
        self._chunks = 0
        # None for a body in chunks.
        self._length: int | None = None

    def add(self, piece: bytes) -> bool:
        """Take what came; tell whether a thread should look at it now."""
        self.held += piece
        if not self._at:
            return self._read_head()
        return self._is_whole()

    def _read_head(self) -> bool:
        end = _HEAD_END.search(self.held, max(0, self._searched - 2))
        self._searched = len(self.held)
        if end is None:
            return len(self.held) > HEAD_LIMIT
        self._at = end.end()
        head = bytes(self.held[: self._at])
        self._note_leave(head)
        framed, lengths = _FRAMING.findall(head), _LENGTH.findall(head)
        if not framed:
            return True
        sound = len(framed) == 1 and (lengths or _CHUNKED.search(head))
        self._length = int(lengths[0]) if lengths else None
        return not sound or self._is_whole()

    def _note_leave(self, head: bytes) -> None:
        """Take the wish for leave out of the head, or it would be granted twice."""
        asks = _ASKS_LEAVE.search(head) if _NEW_HTTP.match(head) else None
        if asks:
            self.asks_leave = True
            del self.held[asks.start() : asks.end()]
            self._at -= asks.end() - asks.start()

    def _is_whole(self) -> bool:
        if self._length is None:
            return len(self.held) > self._limit + HEAD_LIMIT or self._has_last_chunk()
        if self._length > self._limit:
            return True  # to be refused unread
        return len(self.held) - self._at >= self._length

    def _has_last_chunk(self) -> bool:
        """Go from chunk to chunk, as far as they are here."""
        while self._at < len(self.held):
            end = self.held.find(b"\r\n", self._at, self._at + CHUNK_LINE_LIMIT)
            if end < 0:
                return len(self.held) - self._at >= CHUNK_LINE_LIMIT
            size = _CHUNK_SIZE.fullmatch(self.held, self._at, end)
            self._chunks += 1
            if size is None or self._chunks > CHUNKS_LIMIT:
                return True
            if int(size[1], 16) == 0:
                self._chunks -= 1  # this line is read again until the trailers end
                return self._trailers_end(end)
            self._at = end + 2 + int(size[1], 16) + 2
        return False

    def _trailers_end(self, end: int) -> bool:
        within = len(self.held) - end <= HEAD_LIMIT
        return not within or self.held.find(b"\r\n\r\n", end) >= 0
