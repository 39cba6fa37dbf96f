"""Long jobs: rows of django-tasks' database backend, claimed once, given back when the worker that held them died."""
