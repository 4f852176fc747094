"""From a corpus and the terms of a service to an evaluation: criteria, answers, score."""
