"""Canned replies (پاسخ آماده): what an office writes often, kept once, put into a step's text and changed there."""
