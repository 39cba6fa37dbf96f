from django.db import models


class CaseWord(models.Model):
    """A word a case is found by, as a keyed hash (`cases.words`): looked up, never read."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="words")
    token = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["token", "case"], name="case_by_word")]

    def __str__(self) -> str:
        return f"a word of case {self.case_id}"
