"""The bottom floor: plain Python for codes, Persian text, Jalali dates, rials and identifiers."""
