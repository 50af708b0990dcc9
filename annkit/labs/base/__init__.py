"""What all labs share: the lab itself, the traits of its state, its sliders and its words."""
