"""What people do to a case: who may, what is approved, what is asked again, and which answers hold."""
