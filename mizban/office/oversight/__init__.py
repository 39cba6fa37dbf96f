"""What a director-general looks at each morning: what is late now and why, and which clause will not be kept."""
