"""The twenty-line service of the docs, written by Sara at her desk."""

import pytest
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from tests.conftest import SATURDAY
from tests.example import RESIDENCE

BASE = "/desk/markazi-roads/services/"
DRAFT = f"{BASE}residence-certificate/draft/"


@pytest.fixture
def residence(agency: Agency) -> Offering:
    """Maryam's office offers certificates of residence, as the file says."""
    return Offering.publish(agency, RESIDENCE, at=SATURDAY)


def save(client: Client, source: str, *, seen: str = "") -> int:
    """Save the draft; the status of the answer."""
    return client.post(DRAFT, {"intent": "save", "source": source, "seen": seen}).status_code
