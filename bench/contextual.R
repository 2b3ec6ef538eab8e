# The other side of the row contextual: lme4 fits the same pupils; reading them is not timed.
suppressMessages({library(data.table); library(lme4)})
pupils <- fread(commandArgs(TRUE)[1])
pupils[, school := factor(school)]
seconds <- system.time(fit <- lmer(y ~ intake + context + (1 | school), pupils, REML = TRUE))[["elapsed"]]
fixed <- coef(summary(fit))
variances <- as.data.frame(VarCorr(fit))$vcov
show <- function(name, value) cat(name, ": ", format(value, digits = 12), "\n", sep = "")
show("seconds", seconds)
for (k in 1:3) {
  show(paste0("b", k - 1), fixed[k, 1])
  show(paste0("se", k - 1), fixed[k, 2])
}
show("school_variance", variances[1])
show("residual_variance", variances[2])
show("reml", REMLcrit(fit))
show("blup_squares", sum(ranef(fit)$school[[1]]^2))
