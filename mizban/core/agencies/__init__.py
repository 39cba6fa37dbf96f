"""Agencies (دستگاه اجرایی) and their units: who offers, who asks, who is asked."""
