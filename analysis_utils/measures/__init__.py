"""What the themes share: terms, meaning, target-dependent sentiment, intervals, agreement."""
