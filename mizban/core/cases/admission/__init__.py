"""How an applicant is let in: code and password, and what is done when one of them is lost."""
