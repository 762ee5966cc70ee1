"""The deployment: what runs on AWS, and the same stack for the local run."""
