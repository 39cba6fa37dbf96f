"""The site officer's pages in the tests."""

import pytest
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.people.models import Membership, Role, User
from tests.conftest import make_member, signed_in

# The names of the desk's fixtures: a still clock, steps taken through their forms.
from tests.desk.conftest import clock, press

__all__ = ["clock", "press"]
ADMIN = "/desk/markazi-roads/admin/"


@pytest.fixture
def nasrin(agency: Agency) -> User:
    """Another clerk of the housing unit."""
    return make_member(agency, "nasrin", "نسرین کاظمی", Role.EXPERT, "housing")


@pytest.fixture
def yaser(agency: Agency) -> User:
    """The head of the housing unit."""
    return make_member(agency, "yaser", "یاسر عباسی", Role.HEAD, "housing")


@pytest.fixture
def omid_client(agency: Agency) -> Client:
    """A second site officer of the same office."""
    return signed_in(make_member(agency, "omid", "امید صادقی", Role.SITE_OFFICER))


@pytest.fixture
def javad(agency: Agency) -> User:
    """An inspector over Maryam's office."""
    return make_member(agency, "javad", "جواد طاهری", Role.INSPECTOR)


@pytest.fixture
def javad_client(javad: User) -> Client:
    return signed_in(javad)


def person_url(person: User) -> str:
    return f"{ADMIN}people/{person.pk}/"


def role_of(person: User) -> Membership:
    return person.memberships.get()
