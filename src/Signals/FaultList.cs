using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>Collects faults of one input up to a limit, and counts the rest so that none is silent.</summary>
internal sealed class FaultList(string file, int limit)
{
    private readonly List<InputFault> _faults = [];
    private int _unlisted;

    public void Add(string at, string reason, string remedy)
    {
        if (_faults.Count < limit)
        {
            _faults.Add(new InputFault(file, at, reason, remedy));
        }
        else
        {
            _unlisted++;
        }
    }

    public IReadOnlyList<InputFault> ToList() =>
        _unlisted == 0
            ? _faults
            :
            [
                .. _faults,
                new InputFault(
                    file,
                    "end",
                    $"{_unlisted} further faults are not listed",
                    "Correct those listed first"
                ),
            ];
}
