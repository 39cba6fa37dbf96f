"""The site officer's pages (مسئول سایت): the office and its people, units, calendar, and who inspected what."""
