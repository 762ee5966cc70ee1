"""Matching candidates to full-time jobs: what every function shares."""
