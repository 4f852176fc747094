"""The facts of a round, each derived once: records and their proof, dates, roll, state."""
