//! The rules of a sound definition, one name each: the test of broken examples has to know them all.

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident;)+) => {
        /// A rule of a sound definition.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Rule { $($(#[$doc])* $rule,)+ }

        impl Rule {
            /// All of them.
            #[cfg(test)]
            pub(super) const ALL: &'static [Self] = &[$(Self::$rule,)+];
        }
    };
}

rules! {
    /// A file has a bound.
    FileTooLarge;
    /// The text is TOML.
    NotToml;
    /// A table has only keys that mean something.
    UnknownKey;
    /// A key that is needed is there.
    MissingKey;
    /// A value is of the kind its key asks for.
    WrongKind;
    /// A number lies within its limits.
    NumberOutside;
    /// Names are codes.
    BadCode;
    /// A code names one thing.
    CodeTwice;
    /// A code is no column of a file of answers.
    ReservedCode;
    /// A word stands in its closed list.
    UnknownWord;
    /// A list names each word once.
    WordTwice;
    /// A list that is needed holds something.
    EmptyList;
    /// Vietnamese is always there.
    NoVietnamese;
    /// A text is in the languages of the edition only.
    UnlistedLanguage;
    /// A text is in all languages of the edition.
    LanguageMissing;
    /// A text says something.
    EmptyText;
    /// A text has a bound.
    LongText;
    /// A text is one line.
    ControlCharacter;
    /// An edition succeeds an earlier one.
    SucceedsLater;
    /// A series goes on only from an edition that is named.
    ComparableAlone;
    /// Levels of a scale differ.
    LevelDefinedTwice;
    /// A scale has at least two levels.
    TooFewLevels;
    /// Levels are numbered without a gap.
    LevelGap;
    /// A list of levels names each once.
    LevelListedTwice;
    /// A level is a number from 1 to 7.
    NoLevel;
    /// Satisfied levels belong to the scale.
    SatisfiedNotInScale;
    /// Somebody can be satisfied.
    NobodySatisfied;
    /// Somebody can be dissatisfied.
    EverybodySatisfied;
    /// A scale is used.
    UnusedScale;
    /// A rating names a scale that is there.
    UnknownScale;
    /// A form has a bound.
    TooManyItems;
    /// A form measures something.
    NoRating;
    /// A form has one comment at most.
    SecondComment;
    /// A kind of question is one of those there are.
    UnknownKind;
    /// A rating says which office it rates.
    UnknownRates;
    /// Limits of a number are in order.
    LimitsOutOfOrder;
    /// Options of a question differ.
    OptionTwice;
    /// A question has 2 to 7 options.
    OptionCount;
    /// Options are numbered without a gap.
    OptionGap;
    /// A sensitive question may be passed over.
    SensitiveRequired;
    /// A factor groups something.
    EmptyFactor;
    /// A criterion stands in one factor.
    CriterionTwice;
    /// A criterion is there.
    UnknownCriterion;
    /// A criterion is a rating.
    NotARating;
    /// What stands beside the index is in none of its factors.
    BesideInFactor;
    /// An aggregation is one of those there are.
    UnknownAggregation;
    /// A weighted mean has weights.
    NoWeights;
    /// A composite of factors drops no rating.
    RatingOutsideFactors;
    /// A weight belongs to a factor.
    WeightForNoFactor;
    /// Every factor has its weight.
    FactorWithoutWeight;
    /// A weight is a number above 0.
    BadWeight;
    /// Weights sum to 1.
    WeightSum;
    /// A page holds something.
    EmptyPage;
    /// What a page lists is there.
    UnknownPageItem;
    /// An item stands on one page.
    ItemOnTwoPages;
    /// An item stands on a page.
    ItemOnNoPage;
    /// Pages show the items in their order.
    PageOrder;
    /// A condition asks an item that is there.
    ConditionUnknown;
    /// A condition does not ask the item it stands at.
    ConditionOnItself;
    /// A condition asks an earlier item.
    ConditionLater;
    /// A condition asks a rating or a choice.
    ConditionKind;
    /// A condition asks for answers the item has.
    ConditionValue;
    /// A condition asks for some answer.
    ConditionEmpty;
    /// A condition asks an item of an earlier page, because no script changes a page that is shown.
    ConditionSamePage;
    /// A condition needs pages.
    ConditionWithoutPages;
    /// What is asked shows nothing of a sensitive answer.
    ConditionSensitive;
    /// Somebody is asked what is asked.
    NeverAsked;
    /// Everybody ends on the last page.
    LastPageConditional;
}
