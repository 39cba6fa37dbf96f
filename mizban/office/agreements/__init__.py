"""Agreements (توافق‌نامه سطح خدمت): read from their published text, kept in versions, clause by clause."""
