using System.ComponentModel.DataAnnotations;

namespace Jina.Extensions.AI.Options;

/// <summary>A count that is 1 or more, where it is given.</summary>
/// <param name="unit">What is counted, in the singular, and what nothing means.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AtLeastOneAttribute(string unit) : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is int and < 1 ? new ValidationResult($"{validationContext.MemberName} is {value}; expected at least 1 {unit}.") : ValidationResult.Success;
}
