"""What surrounds the pure law of a royement (`reglement.royementsgang`): rows, people, post."""
