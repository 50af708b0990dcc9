"""What all labs share. To read it, begin with `lab.py`.

- The lab, from a change of its state to a new picture: `lab.py`.
- Its state: `stateful.py`, made of the traits in `traits.py`; what can be undone: `history.py`.
- *Turn*: `controls.py` and `slider.py`. *Say*: the pieces in `say.py`, shown by `words.py`. The card: `card.css`.
- What stands beside labs: `guess.py`. What several labs draw: `halfplane.py`; what is drawn on: `pad.py`.
"""
