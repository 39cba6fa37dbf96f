"""Jobs: claimed once by however many workers, done again when a worker died, given up when three did."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from mizban.core.jobs import running as jobs
from mizban.core.jobs.models import Worker

pytestmark = pytest.mark.django_db
done: list[int] = []


@task()
def write(number: int) -> int:
    """A job that leaves a trace."""
    done.append(number)
    return number


@task()
def break_down(name: str) -> None:
    """A job that fails with something personal in its words."""
    raise ValueError(f"invalid literal: {name}")


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


def now() -> datetime:
    return timezone.now()


def work(name: str = "worker") -> None:
    while job := jobs.take(name, at=now()):
        jobs.run(job, clock=now)


def status_of(job_id: Any) -> str:
    return str(DBTaskResult.objects.get(pk=job_id).status)


def test_a_job_is_done_once() -> None:
    job_id = write.enqueue(7).id
    work()
    work()
    assert done == [7]
    assert status_of(job_id) == "SUCCESSFUL"
    assert DBTaskResult.objects.get(pk=job_id).return_value == 7


def test_a_failure_is_kept_without_its_words() -> None:
    job_id = break_down.enqueue("مریم رضایی").id
    DBTaskResult.objects.filter(pk=job_id).update(args_kwargs={"args": ["مریم رضایی"], "kwargs": {}})
    work()
    row = DBTaskResult.objects.get(pk=job_id)
    assert (row.status, row.exception_class_path) == ("FAILED", "builtins.ValueError")
    assert "break_down" in row.traceback
    assert "مریم" not in row.traceback
    assert jobs.has_failed(job_id)


@pytest.mark.django_db(transaction=True)
def test_many_workers_share_the_jobs_and_do_none_twice() -> None:
    for number in range(20):
        write.enqueue(number)
    faults: list[BaseException] = []

    def worker(name: str) -> None:
        try:
            Worker.objects.beat(name, at=now())
            work(name)
        except BaseException as fault:  # a thread's fault must reach the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker, args=(f"worker-{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not faults
    assert sorted(done) == list(range(20))


class TestDeath:
    @pytest.fixture
    def held(self) -> Callable[[str, timedelta], Any]:
        """A job claimed by a worker that was last seen so long ago."""

        def _held(name: str, ago: timedelta) -> Any:
            Worker.objects.beat(name, at=now() - ago)
            return jobs.take(name, at=now() - ago)

        return _held

    def test_a_dead_worker_s_job_is_done_by_another(self, held: Any) -> None:
        job_id = write.enqueue(1).id
        assert held("dead", timedelta(minutes=2))
        work()
        assert done == [1]
        assert status_of(job_id) == "SUCCESSFUL"

    def test_a_living_worker_keeps_its_job_however_long(self, held: Any) -> None:
        job_id = write.enqueue(1).id
        assert held("slow", timedelta(hours=2))
        Worker.objects.beat("slow", at=now())
        work()
        assert done == []
        assert status_of(job_id) == "RUNNING"

    def test_after_three_deaths_it_has_failed(self, held: Any) -> None:
        job_id = write.enqueue(1).id
        for number in range(3):
            assert held(f"dead-{number}", timedelta(minutes=10 - number * 2))
        work()
        assert done == []
        assert status_of(job_id) == "FAILED"
        assert DBTaskResult.objects.get(pk=job_id).exception_class_path == jobs.DIED

    def test_a_zombie_cannot_end_what_another_does_now(self, held: Any) -> None:
        job_id = write.enqueue(1).id
        zombie = held("zombie", timedelta(minutes=2))
        Worker.objects.beat("other", at=now())
        assert jobs.take("other", at=now())
        jobs.run(zombie, clock=now)
        assert status_of(job_id) == "RUNNING"

    def test_a_worker_asked_to_stop_gives_its_job_back_at_once(self, held: Any) -> None:
        job_id = write.enqueue(1).id
        assert held("leaving", timedelta(0))
        assert jobs.release("leaving") == 1
        row = DBTaskResult.objects.get(pk=job_id)
        assert (row.status, row.worker_ids) == ("READY", [])
        work()
        assert done == [1]

    def test_a_worker_that_asks_holds_nothing(self, held: Any) -> None:
        """Its job's end could not be written: the database was away."""
        write.enqueue(1)
        assert held("forgetful", timedelta(seconds=1))
        Worker.objects.beat("forgetful", at=now())
        assert jobs.take("forgetful", at=now())


def test_what_ended_long_ago_is_forgotten() -> None:
    job_id = write.enqueue(1).id
    work()
    waiting = write.enqueue(2).id
    Worker.objects.beat("old", at=now() - timedelta(days=8))
    assert jobs.forget(at=now()) == 0
    assert jobs.forget(at=now() + timedelta(days=8)) == 1
    assert jobs.has_failed(job_id)
    assert status_of(waiting) == "READY"
    assert not Worker.objects.filter(name="old").exists()


def test_beating_is_one_row_a_worker() -> None:
    for _ in range(3):
        Worker.objects.beat("worker", at=now())
    assert Worker.objects.count() == 1
