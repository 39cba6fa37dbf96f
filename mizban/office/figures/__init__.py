"""What an office can be asked about its cases in numbers: counted in the database, never told with names."""
