// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title One deal: pledged deeds, its own money, and a waterfall fixed when it was listed
/// @notice Amounts are base units of the deal's currency, rates ten-thousandths, times seconds. Every leg is rounded
/// down; what rounding leaves goes to the next leg, and in the end to the owner.
interface IDealVault {
    enum Kind {
        Debt,
        RevenueShare,
        Hybrid
    }

    enum Phase {
        Listed,
        Funded,
        Enforced,
        Closed,
        Withdrawn
    }

    /// @param kind Debt: interest and a schedule. Revenue share: `shareBps` of what is left after costs. Hybrid: both.
    /// @param rateBps Yearly simple interest on the senior principal.
    /// @param juniorRateBps Yearly simple interest on the junior principal.
    /// @param shareBps Senior part of the revenue after costs and fixed legs.
    /// @param capBps The share ends when the senior has this much of its advance back, exactly; 0 for debt, and for a
    /// hybrid whose share runs to the end of the term.
    /// @param periods Number of periods; the senior principal falls due in equal parts at their ends.
    /// @param periodLength Length of one.
    /// @param cure From declared delinquency to enforcement.
    /// @param delinquencyBps Overdue principal that makes the deal delinquent, of the advance.
    /// @param reserveBps Reserve to be kept, of the advance.
    /// @param overcollateralBps Appraisal above the whole advance that is required.
    /// @param minUptimeBps Covenant: uptime below this for `covenantEpochs` epochs in a row traps cash.
    struct Terms {
        Kind kind;
        uint16 rateBps;
        uint16 juniorRateBps;
        uint16 shareBps;
        uint16 capBps;
        uint16 periods;
        uint32 periodLength;
        uint32 cure;
        uint16 delinquencyBps;
        uint16 reserveBps;
        uint16 overcollateralBps;
        uint16 minUptimeBps;
        uint8 covenantEpochs;
        uint16 servicerBps;
        uint16 insurerBps;
        uint16 baileeBps;
        uint128 senior;
        uint128 junior;
        uint128 appraisal;
        address pool;
        address juniorHolder;
        address servicer;
        address insurer;
        address bailee;
        address receiver;
        bytes32 segregatedPortfolio;
        bytes32 documentHash;
    }

    /// @notice Fees fixed at listing.
    /// @param tokenizationYearBps Upfront, for each year of the term, of the whole advance.
    /// @param tokenizationMinBps Upfront, at least.
    /// @param protocolYearBps Yearly, of the senior principal, out of its interest.
    struct Fees {
        uint16 tokenizationYearBps;
        uint16 tokenizationMinBps;
        uint16 protocolYearBps;
        address recipient;
    }

    /// @notice Where the deal's money stands.
    /// @param principal Senior principal outstanding.
    /// @param interest Senior interest accrued and unpaid, up to now.
    /// @param juniorPrincipal Junior principal outstanding.
    /// @param juniorInterest Junior interest accrued and unpaid, up to now.
    /// @param reserve In the reserve.
    /// @param trapped Kept from the owner by a covenant.
    /// @param escrowed Waiting for a reading of performance.
    /// @param received All that was ever paid in.
    /// @param seniorReceived All that the senior ever got.
    /// @param overdue Senior principal past its date.
    struct Balances {
        uint256 principal;
        uint256 interest;
        uint256 juniorPrincipal;
        uint256 juniorInterest;
        uint256 reserve;
        uint256 trapped;
        uint256 escrowed;
        uint256 received;
        uint256 seniorReceived;
        uint256 overdue;
    }

    /// @notice What one payment became. The legs and the changes of reserve, trap and escrow sum to the cash.
    struct Legs {
        uint256 servicer;
        uint256 insurer;
        uint256 bailee;
        uint256 protocol;
        uint256 seniorInterest;
        uint256 seniorPrincipal;
        uint256 seniorShare;
        uint256 juniorInterest;
        uint256 juniorPrincipal;
        uint256 owner;
    }

    event Funded(address indexed pool, uint256 senior, uint256 junior, uint256 fee, uint256 toOwner);
    event Paid(address indexed payer, uint64 indexed epoch, uint256 amount, uint16 factorBps, Legs legs);
    event Escrowed(uint64 indexed epoch, uint256 amount);
    event Credited(address indexed account, uint256 amount);
    event Claimed(address indexed account, uint256 amount);
    event CovenantChanged(bool tripped, uint64 epoch);
    event DelinquencyDeclared(uint256 overdue, uint48 curesUntil);
    event DelinquencyCured();
    event Enforced(address indexed receiver);
    event Closed(uint256 lossOfSenior);
    event CollateralTested(uint256 attested, uint256 required, bool short);

    error WrongPhase(Phase phase);
    error OnlyDesk(address caller);
    error OnlyPool(address caller);
    error OnlyJunior(address caller);
    error JuniorMissing(uint256 junior);
    error NothingToClaim(address account);
    error ZeroAmount();
    error NotOverdue(uint256 overdue, uint256 threshold);
    error CureRunning(uint256 until);
    error NotRepaid(uint256 principal, uint256 interest, uint256 junior);
    error NotInEscrow(uint64 epoch);
    error EpochStale(uint64 epoch);
    error NoAppraisal();
    error ReadingMissing(bytes32 assetKey, uint64 epoch);

    /// @notice Pays a period's earnings in. Anyone; the caller must have approved the currency. Debt runs through the
    /// waterfall at once. Revenue share and hybrid wait in escrow until the epoch's performance is attested.
    /// @param epoch The epoch the earnings are of; save for debt, one that is not stale.
    function pay(uint64 epoch, uint256 amount) external;

    /// @notice Sends an epoch's escrow through the waterfall, once its performance is attested and undisputed. Anyone.
    function releaseEscrow(uint64 epoch) external;

    /// @notice Pays principal ahead of its date: interest first, then senior, then junior principal. A rest is the owner's;
    /// where the senior has a share of the revenue it is kept for the next payment or the end.
    function repay(uint256 amount) external;

    /// @notice Pays in what the receiver got for the deeds, through the waterfall with everything due.
    function payRecovery(uint256 amount) external;

    /// @notice Pays out what the caller was credited.
    function claim() external returns (uint256 amount);

    /// @notice Sends `account` what it was credited. Anyone: for recipients that are contracts, as a fee distributor is.
    function claimFor(address account) external returns (uint256 amount);

    /// @notice The over-collateralisation test, by what the deeds are attested to be worth now: while that is below
    /// what is outstanding plus the margin (rounded up), the owner's part is kept. Anyone.
    function assessCollateral() external returns (bool short);

    /// @notice Puts the junior's part in. Junior holder only, before funding.
    function fundJunior() external;

    /// @notice Takes the junior's part out again. Junior holder only, before funding.
    function withdrawJunior() external;

    /// @notice Called by the pool in {IAssetPool.fund}: takes the senior part, pays fee and advance out. Pool only.
    function fund() external;

    /// @notice Starts the cure period when enough principal is overdue. Anyone.
    function declareDelinquent() external;

    /// @notice Gives the deeds to the receiver when the cure period ended in vain. Anyone.
    function enforce() external;

    /// @notice Ends a deal that owes nothing more, or whose recovery is over: frees deeds, gives reserve, trap and escrow
    /// to the owner, less the senior's share of them. After enforcement the pool alone can call it, and a loss is then
    /// final. A revenue share ends with its term only where it is not late.
    function close() external;

    /// @notice Ends an unfunded deal. Desk only.
    function withdrawListing() external;

    /// @notice The terms.
    function terms() external view returns (Terms memory);

    /// @notice The fees.
    function fees() external view returns (Fees memory);

    /// @notice Where the deal stands.
    function phase() external view returns (Phase);

    /// @notice Who listed it, and gets the residual.
    function owner() external view returns (address);

    /// @notice The pledged deeds.
    function deeds() external view returns (uint256[] memory);

    /// @notice Where the deal's money stands now.
    function balances() external view returns (Balances memory);

    /// @notice Credited and not yet claimed.
    function claimable(address account) external view returns (uint256);

    /// @notice Senior value: principal and accrued interest net of the protocol's part; no interest once delinquent.
    function seniorValue() external view returns (uint256);

    /// @notice When delinquency was declared; 0 where the deal is current.
    function delinquentSince() external view returns (uint48);

    /// @notice When the deal was funded; 0 before.
    function fundedAt() external view returns (uint48);

    /// @notice Whether the uptime covenant traps cash.
    function covenantTripped() external view returns (bool);

    /// @notice Whether the over-collateralisation test traps cash.
    function collateralShort() external view returns (bool);
}
