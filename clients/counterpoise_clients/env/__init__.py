"""Environments for learners: games as PettingZoo and Gymnasium environments (extra ``rl``)."""
