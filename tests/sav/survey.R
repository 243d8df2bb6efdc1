# R's survey package on the exported system file gives the figures of the program: shares of the criteria, and the composite
# (mean of the criteria) from one linearised variable a respondent, with its logit interval on Student's t.
suppressMessages({ library(survey); library(haven) })
file <- read_sav("answers.sav")
figures <- read.csv("figures.csv")
criteria <- c("reception", "waiting", "attitude", "time", "quality")
worst <- 0
compared <- 0
held <- function(found, expected, what) {
  difference <- abs(as.numeric(found) - as.numeric(expected))
  if (!(difference < 1e-10)) stop(sprintf("%s: R %.15g, thuocdo %.15g", what, found, expected))
  worst <<- max(worst, difference)
  compared <<- compared + 1
}
for (level in c("B", "D")) {
  code <- c(B = 2, D = 4)[[level]]
  answers <- as.data.frame(file[as.numeric(file$muc) == code, ])
  satisfied <- sapply(criteria, function(name) as.numeric(as.numeric(answers[[name]]) >= 4))
  data <- data.frame(satisfied, weight = as.numeric(answers$trong_so))
  design <- svydesign(ids = ~1, weights = ~weight, data = data)
  # The composite counts those who answered at least one criterion.
  any_answer <- rowSums(!is.na(satisfied)) > 0
  linear <- rep(0, nrow(data))
  shares <- c()
  for (name in criteria) {
    own <- figures[figures$level == level & figures$what == name, ]
    answered <- !is.na(data[[name]])
    share <- svymean(as.formula(paste0("~", name)), subset(design, answered))
    held(coef(share), own$estimate, paste(level, name, "share"))
    held(sum(answered), own$n, paste(level, name, "n"))
    held(SE(svymean(as.formula(paste0("~", name)), svydesign(ids = ~1, weights = ~weight, data = data[answered, ]))),
      own$se, paste(level, name, "standard error"))
    shares <- c(shares, coef(share))
    linear <- linear + ifelse(answered, (data[[name]] - coef(share)) / sum(answered), 0) / length(criteria)
  }
  composite <- mean(shares)
  whole <- svydesign(ids = ~1, weights = ~weight, data = data.frame(linear, weight = data$weight)[any_answer, ])
  se <- as.numeric(SE(svytotal(~linear, whole)))
  own <- figures[figures$level == level & figures$what == "composite", ]
  reach <- qt(0.975, degf(whole)) * se / (composite * (1 - composite))
  held(composite, own$estimate, paste(level, "composite"))
  held(sum(any_answer), own$n, paste(level, "composite n"))
  held(se, own$se, paste(level, "standard error"))
  held(plogis(qlogis(composite) - reach), own$low, paste(level, "lower end"))
  held(plogis(qlogis(composite) + reach), own$high, paste(level, "upper end"))
}
cat(sprintf("R survey %s: %d numbers as in thuocdo index, largest difference %.2g\n",
  packageVersion("survey"), compared, worst))
