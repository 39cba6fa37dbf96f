"""What is late and what will be: warnings, what stands before superiors, the forecast, signs of games, the settings."""
