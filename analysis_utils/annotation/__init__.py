"""From page to corpus: cleaning, language, quotation marks, actors, attribution."""
