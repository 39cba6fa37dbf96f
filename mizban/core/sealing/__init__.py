"""What only the people of a case may read: sealed with its own key, under the agency key, under the master key."""
