# Five figures of a debrief, from the tables that `counterpoise export JOURNAL... FOLDER` writes.
#
#   Rscript recompute_debrief.R FOLDER
#
# Only base R is used. The figures are printed as CSV: name, value. `counterpoise debrief` prints the same ones.

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 1) {
  stop("usage: Rscript recompute_debrief.R FOLDER")
}

# An empty cell is a missing value. The text NA is a text: it may be the code of a state.
read_table <- function(name) {
  read.csv(file.path(arguments[1], paste0(name, ".csv")),
    na.strings = "", check.names = FALSE, stringsAsFactors = FALSE, encoding = "UTF-8"
  )
}
is_true <- function(column) as.character(column) %in% c("true", "TRUE")
show <- function(name, value) cat(name, ",", format(value, digits = 12), "\n", sep = "")

decisions <- read_table("decisions")
forecasts <- read_table("forecasts")
rows <- read_table("model_rows")

# 1 What states did under threat.
threatened <- decisions[is_true(decisions$tested) & is_true(decisions$threatened), ]
for (class in c("BAL", "BW", "HIDE", "NEU", "OTHER")) {
  show(class, sum(threatened$class == class))
}

# 2 The skill of balance of threat. Neutrality and hiding are scored as one option.
key <- function(table) paste(table$session, table$window, table$actor)
scored <- decisions[is_true(decisions$tested) & is_true(decisions$on_menu), ]
choice <- scored$choice[match(key(forecasts), key(scored))]
quiet <- c("NEU", "HIDE")
mine <- !is.na(choice) & (is_true(forecasts$chosen) | (choice %in% quiet & forecasts$option %in% quiet))
log_score <- function(hypothesis) {
  sum(log(tapply(forecasts[[hypothesis]][mine], key(forecasts)[mine], sum)))
}
show("skill", 1 - log_score("balance_of_threat") / log_score("base_rate"))

# The rows of one estimate: its covariates are those columns x1, x2 and so on that vary, in standard deviations (n).
model_of <- function(proposition) {
  own <- rows[rows$proposition == proposition, ]
  x <- as.matrix(own[, grepl("^x[0-9]+$", names(own)), drop = FALSE])
  deviation <- apply(x, 2, function(column) sqrt(mean((column - mean(column))^2)))
  kept <- !is.na(deviation) & deviation > 1e-9
  list(y = own$y, x = sweep(x[, kept, drop = FALSE], 2, deviation[kept], "/"), menu = paste(own$session, own$menu))
}

# 3 A logit: do states balance more against a threat that is near (W1.4)?
near <- model_of("W1.4")
if (length(near$y) > 0) {
  show("W1.4", coef(glm(near$y ~ near$x, family = binomial()))[[2]])
}

# 4 A choice of partner: do states choose those that are alike (W4.1)? A conditional logit by its likelihood.
alike <- model_of("W4.1")
if (length(alike$y) > 0) {
  loss <- function(b) {
    utility <- as.vector(alike$x %*% b)
    -sum(utility[alike$y == 1]) + sum(log(tapply(exp(utility), alike$menu, sum)))
  }
  slope <- function(b) {
    weight <- exp(as.vector(alike$x %*% b))
    share <- weight / ave(weight, alike$menu, FUN = sum)
    -as.vector(crossprod(alike$x, alike$y - share))
  }
  fit <- optim(rep(0, ncol(alike$x)), loss, slope, method = "BFGS", control = list(reltol = 1e-14, maxit = 1000))
  show("W4.1", fit$par[1])
}

# 5 A mean: what earlier aid adds (W5.1n).
show("W5.1n", mean(model_of("W5.1n")$y))
