"""Used tokens under fire: races, kill -9, and a store in trouble."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from cds_service.store.opening import open_store
from cds_service.store.unavailable import StoreUnavailable, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.synchronize import Barrier

    from cds_service.store.opening import Store

ROOT = Path(__file__).parents[2]
SOON = datetime.now(UTC) + timedelta(minutes=5)
ISSUER = "https://ehr.example.org"
BRIEFLY = timedelta(milliseconds=200)
PROCESSES, TOKENS = 4, 500


@pytest.fixture
def at(tmp_path: Path) -> Path:
    """Name the file of the used tokens."""
    return tmp_path / "store-replay.sqlite"


@pytest.fixture
def store(at: Path) -> Iterator[Store]:
    """Open a store in *at*'s folder that does not wait long."""
    opened = open_store(sqlite_url(at), patience=BRIEFLY)
    yield opened
    opened.close()


def sqlite_url(at: Path) -> str:
    """Name the store whose used tokens are in *at*."""
    return f"sqlite:///{at.with_name('store.sqlite')}"


def use_all(url: str, start: Barrier) -> int:
    """Use every token, at once with the other processes; count the first uses."""
    store = open_store(url)
    start.wait()
    firsts = [store.replay.first_use(ISSUER, str(one), SOON) for one in range(TOKENS)]
    store.close()
    return sum(firsts)


def refused(store: Store, jti: str = "other") -> Trouble:
    """Use a token that nobody can know; tell why."""
    with pytest.raises(StoreUnavailable) as refusal:
        store.replay.first_use(ISSUER, jti, SOON)
    assert ISSUER not in str(refusal.value)
    return refusal.value.trouble


def child(script: str, *arguments: object, bound: Sequence[str] = ()) -> str:
    """Run *script* in a process of its own and read what it prints."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [*bound, sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.fault(9)
def test_of_processes_that_race_for_a_token_one_gets_it(store_url: str) -> None:
    """Four of them, five hundred tokens, not one twice and not one lost."""
    spawning = multiprocessing.get_context("spawn")
    with spawning.Manager() as shared, spawning.Pool(PROCESSES) as pool:
        start = shared.Barrier(PROCESSES)
        each = pool.starmap(use_all, [(store_url, start)] * PROCESSES)

    assert sum(each) == TOKENS


@pytest.mark.fault(9)
def test_of_threads_that_race_for_a_token_one_gets_it(store_url: str) -> None:
    """A worker answers many calls at once."""
    store = open_store(store_url)
    firsts: list[bool] = []
    threads = [
        threading.Thread(
            target=lambda: firsts.append(store.replay.first_use(ISSUER, "1", SOON))
        )
        for _ in range(24)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    store.close()

    assert sorted(firsts) == [False] * 23 + [True]


KILLED = """
import os, signal, sys
from datetime import datetime
from cds_service.store.opening import open_store
store = open_store(sys.argv[1])
used = store.replay.first_use(sys.argv[2], "1", datetime.fromisoformat(sys.argv[3]))
print(used, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.fault(10)
def test_a_token_stays_used_after_kill_9(store_url: str) -> None:
    """The process that saw it first is gone; the next one knows."""
    assert child(KILLED, store_url, ISSUER, SOON.isoformat()) == "True\n"
    store = open_store(store_url)

    assert not store.replay.first_use(ISSUER, "1", SOON)

    store.close()


FORKED = """
import os, sys
from datetime import datetime
from cds_service.store.opening import open_store
store, until = open_store(sys.argv[1]), datetime.fromisoformat(sys.argv[3])
print(store.replay.first_use(sys.argv[2], "1", until), flush=True)
for jti in ("2", "2", "1"):
    child = os.fork()
    if not child:
        print(store.replay.first_use(sys.argv[2], jti, until), flush=True)
        store.close()
        os._exit(0)
    os.waitpid(child, 0)
print(store.replay.first_use(sys.argv[2], "3", until), flush=True)
"""


@pytest.mark.fault(9)
def test_a_forked_worker_opens_connections_of_its_own(store_url: str) -> None:
    """Even if the master had used the store before."""
    told = child(FORKED, store_url, ISSUER, SOON.isoformat())

    assert told.split() == ["True", "True", "False", "False", "True"]


@pytest.mark.fault(11)
def test_a_locked_store_refuses_until_it_is_free(store: Store, at: Path) -> None:
    """Nobody knows whether the token is new."""
    other = sqlite3.connect(at, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    assert refused(store) is Trouble.LOCKED
    other.execute("ROLLBACK")
    other.close()
    assert store.replay.first_use(ISSUER, "other", SOON)


@pytest.mark.fault(11)
@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_a_locked_table_refuses_until_it_is_free(store_url: str) -> None:
    """The same with PostgreSQL."""
    store = open_store(store_url, patience=BRIEFLY)
    engine = create_engine(store_url)
    with engine.begin() as other:
        other.execute(text("LOCK TABLE used_tokens IN ACCESS EXCLUSIVE MODE"))
        assert refused(store) is Trouble.LOCKED
    engine.dispose()

    assert store.replay.first_use(ISSUER, "other", SOON)
    store.close()


@pytest.mark.fault(11)
@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_connections_that_the_server_ended_are_opened_anew(store_url: str) -> None:
    """A restart of PostgreSQL costs at most the calls that were under way."""
    store = open_store(store_url)
    assert store.replay.first_use(ISSUER, "1", SOON)
    engine = create_engine(store_url)
    with engine.connect() as other:
        other.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND query LIKE '%used_tokens%'"
            )
        )
    engine.dispose()

    assert not store.replay.first_use(ISSUER, "1", SOON)
    store.close()


@pytest.mark.fault(11)
def test_a_server_that_is_not_there_is_said_without_its_password() -> None:
    """Port 1 answers nobody."""
    with pytest.raises(StoreUnavailable) as refusal:
        open_store("postgresql+psycopg://cds:hunter2@127.0.0.1:1/cds")

    assert refusal.value.trouble is Trouble.UNREACHABLE
    assert "hunter2" not in f"{refusal.value!r}{refusal.value.__cause__!r}"


@pytest.mark.fault(11)
def test_a_deleted_store_refuses_once_and_begins_again(store: Store, at: Path) -> None:
    """SQLite would go on writing into the deleted file, each worker into its own."""
    assert store.replay.first_use(ISSUER, "1", SOON)
    for one in at.parent.glob("store-replay*"):
        one.unlink()

    assert refused(store) is Trouble.MISSING
    assert store.replay.first_use(ISSUER, "2", SOON)
    assert not store.replay.first_use(ISSUER, "2", SOON)


@pytest.mark.fault(11)
def test_a_deleted_store_is_mended_by_one_of_many_threads(
    store: Store, at: Path
) -> None:
    """The others are refused meanwhile; after that all are answered."""
    for one in at.parent.glob("store-replay*"):
        one.unlink()
    told: list[bool | Trouble] = []

    def use(number: int) -> None:
        try:
            told.append(store.replay.first_use(ISSUER, str(number), SOON))
        except StoreUnavailable as unavailable:
            told.append(unavailable.trouble)

    threads = [threading.Thread(target=use, args=(number,)) for number in range(24)]
    for one_thread in threads:
        one_thread.start()
    for one_thread in threads:
        one_thread.join()

    assert Trouble.MISSING in told
    assert len(told) == 24
    assert store.replay.first_use(ISSUER, "after", SOON)


@pytest.mark.fault(11)
def test_a_store_that_is_locked_cannot_be_opened(at: Path) -> None:
    """Another program holds it: that is said, and it is not taken for corrupt."""
    open_store(sqlite_url(at)).close()
    other = sqlite3.connect(at, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreUnavailable) as refusal:
        open_store(sqlite_url(at), patience=BRIEFLY)

    assert refusal.value.trouble is Trouble.LOCKED
    assert not list(at.parent.glob("*.corrupt-*"))
    other.close()


@pytest.mark.fault(11)
def test_a_lost_disk_refuses_until_it_is_back(store: Store, at: Path) -> None:
    """With what was on it."""
    assert store.replay.first_use(ISSUER, "1", SOON)
    away = at.parent.rename(at.parent.with_name("away"))

    assert [refused(store) for _ in range(3)] == [Trouble.MISSING] * 3
    away.rename(at.parent)
    assert not store.replay.first_use(ISSUER, "1", SOON)
    assert store.replay.first_use(ISSUER, "2", SOON)


@pytest.mark.fault(11)
def test_another_workers_new_file_is_taken_up(store: Store, at: Path) -> None:
    """Whoever mends the store, all see the same one."""
    assert store.replay.first_use(ISSUER, "1", SOON)
    for one in at.parent.glob("store-replay*"):
        one.unlink()
    other = open_store(sqlite_url(at))

    assert other.replay.first_use(ISSUER, "2", SOON)
    assert not store.replay.first_use(ISSUER, "2", SOON)
    other.close()


READ_ONLY = """
import sys
from datetime import datetime
from pathlib import Path
from cds_service.store.opening import open_store
from cds_service.store.unavailable import StoreUnavailable
folder, until = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[3])
def use(jti):
    try:
        return str(store.replay.first_use(sys.argv[2], jti, until))
    except StoreUnavailable as unavailable:
        return str(unavailable.trouble)
def open_again():
    try:
        return open_store(f"sqlite:///{folder}/store.sqlite")
    except StoreUnavailable as unavailable:
        print(unavailable.trouble)
store = open_again()
print(use("1"))
store.close()
file = folder / "store-replay.sqlite"
file.chmod(0o400)
folder.chmod(0o500)
print(use("2"))
open_again()
folder.chmod(0o700)
file.chmod(0o600)
print(use("2"))
"""


@pytest.mark.fault(11)
def test_a_read_only_store_refuses_until_it_can_be_written(tmp_path: Path) -> None:
    """Root lays down the right to write everywhere first."""
    bound: list[str] = []
    if os.getuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root may write everywhere, and setpriv is not installed")
        bound = [setpriv, "--bounding-set", "-dac_override"]

    told = child(READ_ONLY, tmp_path, ISSUER, SOON.isoformat(), bound=bound)

    first, *between, last = told.split()
    assert (first, last) == ("True", "True")
    assert between == [Trouble.READ_ONLY] * 2


FULL = """
import resource, sys
from datetime import datetime
from cds_service.store.opening import open_store
from cds_service.store.unavailable import StoreUnavailable
store, until = open_store(sys.argv[1]), datetime.fromisoformat(sys.argv[3])
unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
used = []
def use(jti):
    try:
        return str(store.replay.first_use(sys.argv[2], jti, until))
    except StoreUnavailable as unavailable:
        return str(unavailable.trouble)
resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, unlimited[1]))
told = [use(str(jti)) for jti in range(200)]
resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
told += [use(str(jti)) for jti in range(200)]
print(*told)
"""


@pytest.mark.fault(11)
def test_a_full_disk_refuses_until_there_is_room(at: Path) -> None:
    """No file may grow beyond 64 KiB, then it may: no token is new twice."""
    told = child(FULL, sqlite_url(at), ISSUER, SOON.isoformat()).split()
    full, roomy = told[:200], told[200:]

    assert set(full) == {"True", Trouble.DISK}
    assert {"True", "False"} == set(roomy)
    assert all(
        (before, after) in {("True", "False"), (Trouble.DISK, "True")}
        for before, after in zip(full, roomy, strict=True)
    )


@pytest.mark.fault(55)
def test_a_corrupt_store_is_moved_aside_at_the_opening(at: Path) -> None:
    """And said, so that the caller logs it; the used tokens begin empty."""
    before = open_store(sqlite_url(at))
    assert before.moved_aside is None
    before.close()
    at.write_bytes(b"no database at all" * 100)

    store = open_store(sqlite_url(at))

    assert store.moved_aside is not None
    assert store.moved_aside.read_bytes().startswith(b"no database")
    assert store.replay.first_use(ISSUER, "1", SOON)
    store.close()


@pytest.mark.fault(55)
def test_a_page_that_went_bad_is_found_at_the_opening(at: Path) -> None:
    """The header may be sound where the rest is not."""
    before = open_store(sqlite_url(at))
    for number in range(200):
        assert before.replay.first_use(ISSUER, str(number), SOON)
    before.close()
    content = bytearray(at.read_bytes())
    content[2 * 4096 : 5 * 4096] = os.urandom(3 * 4096)
    at.write_bytes(content)

    store = open_store(sqlite_url(at))

    assert store.moved_aside is not None
    store.close()


@pytest.mark.fault(11, 55)
def test_a_store_that_goes_bad_at_work_refuses_and_begins_again(
    store: Store, at: Path
) -> None:
    """One call is refused, the file is moved aside, the next call is answered."""
    assert store.replay.first_use(ISSUER, "1", SOON)
    store.close()
    at.write_bytes(b"no database at all" * 100)

    assert refused(store) is Trouble.CORRUPT
    assert store.replay.first_use(ISSUER, "2", SOON)
    assert len(list(at.parent.glob("store-replay.sqlite.corrupt-*"))) == 1


@pytest.mark.fault(9)
def test_no_descriptor_is_left_open(store_url: str) -> None:
    """Opened and closed fifty times."""
    open_now = Path("/proc/self/fd")
    before = len(list(open_now.iterdir()))
    for _ in range(50):
        store = open_store(store_url)
        store.ask()
        store.close()

    # One left at each opening would be fifty; other tests' threads have some of theirs.
    assert len(list(open_now.iterdir())) < before + 25
