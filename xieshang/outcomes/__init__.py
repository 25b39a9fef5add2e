"""What was decided: notices, objections, action items, ratings."""
