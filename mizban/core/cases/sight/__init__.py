"""Who sees a case, how much of it, and how it is found and put in order."""
