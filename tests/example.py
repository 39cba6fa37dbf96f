"""The short example of docs/services.md, which tests build on."""

from pathlib import Path

RESIDENCE = (Path(__file__).parent / "services/residence_certificate/service.yaml").read_text("utf-8")
