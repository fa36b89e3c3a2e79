"""The scores of a backtest as a plain table, for the command line."""

import pandas as pd

from forecasting.evaluation.backtest_result import MODEL_NAME, Backtest
from language import Language


def as_table(result: Backtest, lang: Language) -> str:
    """Return the scores of the model and of each baseline as a plain table."""
    methods = {MODEL_NAME: result.model, **result.baselines}
    shown = ("mae", "mase", "wape", "crps", "coverage_80", "brier_skill", "brier_skill_hourofweek")
    table = pd.DataFrame(
        {name: {score: getattr(found, score) for score in shown} for name, found in methods.items() if found}
    ).T.astype(float)
    lines = [table.to_string(float_format=lambda value: f"{value:.3f}", na_rep="-")]
    moments = result.moments
    lines.append(
        lang.t(
            "Busy moments: {forecast} forecast, {right} of them right; {came} came, {missed} of them not foreseen.",
            forecast=moments.forecast,
            right=moments.right,
            came=moments.came,
            missed=moments.missed,
        )
    )
    return "\n".join(lines)
