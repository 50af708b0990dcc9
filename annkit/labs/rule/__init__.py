"""The rule lab: three models of the same days, which say why they answer as they do."""

from annkit.labs.rule.lab import RuleLab

__all__ = ["RuleLab"]
